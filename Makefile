# Flowglass: `make demo` to see it, `make test` to check it. Both install what is missing first.

SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
BUILD = .build/release/flowglass
PACKAGES = libncurses-dev libsqlite3-dev libzstd-dev zlib1g-dev
ARGUMENTS ?=

.PHONY: help demo build debug test fleet bench format lint docs install uninstall deb dist check-packages check-image clean packages

help:
	@echo 'make demo      the dashboard over a running demo system'
	@echo 'make test      all tests'
	@echo 'make fleet     real brokers and stock instrumentations against the collector'
	@echo 'make build     the program, optimised: $(BUILD)'
	@echo 'make bench     measurements, each beside a reference'
	@echo 'make format    lay out the sources, and check them'
	@echo 'make docs      write the generated pages of Documentation/ anew'
	@echo 'make install   into $$PREFIX (now $(PREFIX)), below $$DESTDIR; make uninstall'
	@echo 'make deb       a Debian package; make dist: a tarball that needs nothing; both in dist/'
	@echo 'make check-packages   installs both in a clean Debian and runs them there'
	@echo 'make check-image   builds the container image, runs it, and sends it spans'

# The dashboard over the demo fleet; ARGUMENTS='--rate 50' goes to `flowglass demo`.
demo: build
	@$(BUILD) demo --catalog catalog $(ARGUMENTS)

build: packages
	@echo '==> building flowglass (the first time takes some minutes)'
	@$(SWIFT) build -c release --product flowglass

debug: packages
	@$(SWIFT) build

test: PACKAGES += curl git python3
test: packages
	@echo '==> building and running the tests'
	@$(SWIFT) build --build-tests
	@$(SWIFT) test --skip-build --skip EndToEndTests
	@echo '==> and those that run the program'
	@$(SWIFT) test --skip-build --filter EndToEndTests

# Services with stock instrumentations over real brokers; installs brokers and Python packages.
fleet: debug
	@Tests/Fleet/run --flowglass .build/debug/flowglass $(ARGUMENTS)

bench: build
	@Benchmarks/run

format:
	@$(SWIFT) format format --in-place --recursive Sources Tests Package.swift
	@$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

lint:
	@$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

docs: debug
	@.build/debug/flowglass explain --markdown > Documentation/Rules.md
	@.build/debug/flowglass manual --markdown > Documentation/Commands.md
	@.build/debug/flowglass manual --keys > Documentation/CatalogKeys.md
	@.build/debug/flowglass schema > Documentation/catalog.schema.json
	@.build/debug/flowglass keys --markdown > Documentation/Keys.md

install: build
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' Packaging/install $(BUILD)

uninstall:
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' Packaging/install --uninstall

deb: PACKAGES += dpkg-dev
deb: packages
	@Packaging/build-deb "$$(SWIFT='$(SWIFT)' Packaging/build-static system)"

dist: packages
	@Packaging/build-dist "$$(SWIFT='$(SWIFT)' Packaging/build-static archives)"

check-packages: PACKAGES += dpkg-dev debootstrap
check-packages: deb dist
	@Packaging/check dist/*.deb dist/*.tar.gz

# ARGUMENTS go to `buildah build`: --volume /etc/gitconfig:/etc/gitconfig:ro where git is sent to a mirror.
check-image: PACKAGES += buildah debootstrap iproute2 python3 python3-venv
check-image: packages
	@Packaging/check-image $(ARGUMENTS)

clean:
	$(SWIFT) package clean

# System libraries, from Debian's packages; nothing is done when all are there.
packages:
	@command -v $(SWIFT) >/dev/null || { \
	  echo 'flowglass needs Swift 6.2 or newer: see https://www.swift.org/install'; exit 3; }
	@missing=; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "==> installing$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi; \
	  $$sudo apt-get update -qq && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	fi
