import Testing

@testable import TraceIngest

@Suite struct `Listen address` {
    @Test(arguments: [
        ("127.0.0.1:4318", true), ("127.9.8.7:1", true), ("[::1]:4318", true), ("localhost:0", true),
        ("LOCALHOST:1", true), ("[::ffff:127.0.0.1]:1", true), ("0.0.0.0:4318", false), ("[::]:4318", false),
        ("127.something.example:4318", false), ("127.0.0.1.shop.example:4318", false), ("127.0.0:1", false),
        ("localhost.shop.example:1", false), ("10.0.0.1:1", false), ("[::ffff:10.0.0.1]:1", false),
        ("127.1:4318", false), ("주문.example:1", false),
    ])
    func `only literal loopback addresses and localhost are this machine alone`(text: String, isLoopback: Bool) throws {
        #expect(try #require(ListenAddress(text)).isLoopback == isLoopback)
    }

    @Test(arguments: [
        "", "4318", ":4318", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1", "::1:4318",
        "[::1]", "[shop]:1", "[]:1", "a b:1", "http://127.0.0.1:4318",
    ])
    func `what is no address with a port is none`(text: String) { #expect(ListenAddress(text) == nil) }

    @Test func `an address has a host and a port`() {
        #expect(ListenAddress("[::1]:4318")?.host == "::1")
        #expect(ListenAddress("127.0.0.1:0")?.port == 0)
    }
}
