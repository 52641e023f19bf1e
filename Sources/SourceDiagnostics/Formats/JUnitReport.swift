/// JUnit XML: each finding is a failed test case, for CI systems that only know tests. Infos are passed cases with a
/// `system-out`.
public struct JUnitReport: ReportFormat {
    public let name = "junit"
    public let summary = "JUnit XML, for CI systems that show test results"

    public init() {}

    public func render(_ report: Report) -> String {
        let failures = report.diagnostics.count { $0.severity != .info }
        // A suite without a case reads as "nothing ran" in most viewers: a clean catalog is one passed case.
        let tests = max(report.diagnostics.count, 1)
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites tests=\"\(tests)\" failures=\"\(failures)\">\n"
        text += "  <testsuite name=\"flowglass \(xmlEscaped(report.command))\""
        text += " tests=\"\(tests)\" failures=\"\(failures)\" errors=\"0\">\n"
        if report.diagnostics.isEmpty { text += "    <testcase classname=\"flowglass\" name=\"catalog\"/>\n" }
        for diagnostic in report.diagnostics { text += Self.testCase(diagnostic) }
        return text + "  </testsuite>\n</testsuites>\n"
    }

    private static func testCase(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.span.map { "\($0.file):\($0.line):\($0.column)" } ?? ""
        let name = place.isEmpty ? diagnostic.rule : "\(diagnostic.rule) at \(place)"
        let here = [place, diagnostic.label].filter { !$0.isEmpty }.joined(separator: ": ")
        let lines = (here.isEmpty ? [] : [here]) + diagnostic.details
        let file = diagnostic.span.map { " file=\"\(xmlEscaped($0.file))\" line=\"\($0.line)\"" } ?? ""
        var text = "    <testcase classname=\"\(xmlEscaped(diagnostic.rule))\" name=\"\(xmlEscaped(name))\"\(file)>\n"
        if diagnostic.severity == .info {
            text +=
                "      <system-out>\(xmlEscaped(([diagnostic.message] + lines).joined(separator: "\n")))</system-out>\n"
        } else {
            text += "      <failure type=\"\(diagnostic.severity.rawValue)\""
            text +=
                " message=\"\(xmlEscaped(diagnostic.message))\">\(xmlEscaped(lines.joined(separator: "\n")))</failure>\n"
        }
        return text + "    </testcase>\n"
    }
}

/// Text for XML: markup is escaped, what XML 1.0 forbids becomes visible.
func xmlEscaped(_ text: String) -> String {
    var result = ""
    for scalar in safeText(text).unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "'": result += "&apos;"
        case "\n": result += "&#10;"
        case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
