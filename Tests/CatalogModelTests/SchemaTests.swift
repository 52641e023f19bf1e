import SourceDiagnostics
import Testing

@testable import CatalogModel

@Suite struct `catalog schema` {
    @Test func `every key of every map is described in it`() {
        let text = catalogSchema().text()
        for kind in MapKind.allCases {
            #expect(!kind.description.keys.isEmpty, "\(kind.rawValue)")
            for key in kind.description.keys {
                #expect(text.contains("\"description\": \"\(key.summary)\""), "\(kind.rawValue).\(key.key.rawValue)")
            }
        }
        #expect(text.hasPrefix("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\""))
    }

    @Test func `every key of the language stands in a map, once`() {
        let used = MapKind.allCases.flatMap { $0.description.keys.map(\.key) }
        #expect(Set(used) == Set(CatalogKey.allCases))
        for kind in MapKind.allCases {
            let keys = kind.description.keys.map(\.key)
            #expect(Set(keys).count == keys.count, "\(kind.rawValue)")
        }
    }
}
