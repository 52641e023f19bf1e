import Glibc

/// Finds the executables that the package builds beside its tests.
enum BuiltProduct {
    struct NotBuilt: Error, CustomStringConvertible {
        let description: String
    }

    /// The path of an executable product; `FLOWGLASS_PRODUCTS` names another directory to look in.
    static func path(_ name: String) throws -> String {
        var directory = getenv("FLOWGLASS_PRODUCTS").map { String(cString: $0) } ?? ""
        if directory.isEmpty {
            var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
            let count = readlink("/proc/self/exe", &bytes, bytes.count - 1)
            guard count > 0 else { throw NotBuilt(description: "cannot find the directory of the tests") }
            let own = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
            directory = own.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        }
        let path = directory + "/" + name
        guard access(path, X_OK) == 0 else { throw NotBuilt(description: "\(path) is not built: run swift build") }
        return path
    }
}
