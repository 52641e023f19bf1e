import ArgumentParser
import CatalogLint

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "The catalog language as a JSON Schema, for editors.",
        discussion: """
            An editor with a YAML language server completes keys and checks values while you type, when a catalog file \
            names the schema in its first line:

              # yaml-language-server: $schema=catalog.schema.json

            EXAMPLES
              flowglass schema > catalog.schema.json
            """)

    func run() { Output.json(completeCatalogSchema()) }
}
