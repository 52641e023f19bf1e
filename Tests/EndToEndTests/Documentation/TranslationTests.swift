import Foundation
import Testing

/// README.ko.md says what README.md says.
@Suite struct TranslationTests {
    private let english = DocumentFiles.text("README.md")
    private let korean = DocumentFiles.text("README.ko.md")

    /// Blocks of commands and code, without the comments in them.
    private func blocks(_ text: String) -> [String] {
        text.matches(of: /(?ms)^```[a-z][^\n]*\n(.*?)^```/).map { match in
            match.1.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.replacing(#/[ ]*# .*/#, with: "") }.joined(separator: "\n")
        }
    }

    private func names(_ text: String, _ pattern: Regex<(Substring, Substring)>) -> [String] {
        text.matches(of: pattern).map { String($0.1) }
    }

    @Test func `the Korean README shows the same blocks`() { #expect(blocks(korean) == blocks(english)) }

    @Test func `the Korean README names the same commands`() {
        let pattern = /(?m)^\| \*\*(`.+)\*\* \|/
        #expect(names(korean, pattern) == names(english, pattern), "README.ko.md wants a row for each command")
    }

    @Test func `the Korean README has the same links and sections`() {
        let pattern = /(?m)^- \[.+?\]\((.+?)\)/
        #expect(names(korean, pattern) == names(english, pattern), "README.ko.md wants a line for each link")
        let sections = #/(?m)^(##)\ /#
        #expect(names(korean, sections).count == names(english, sections).count)
    }

    @Test func `links lead to what is there`() {
        for path in DocumentFiles.all {
            let folder = (path as NSString).deletingLastPathComponent
            for link in DocumentFiles.text(path).matches(of: /\]\(([^)#:]+)(#[^)]*)?\)/) {
                let target = [Program.repository, folder, String(link.1)].filter { !$0.isEmpty }.joined(separator: "/")
                #expect(FileManager.default.fileExists(atPath: target), "\(path) links to \(link.1)")
            }
        }
    }
}
