import Testing

@testable import TerminalBackend

@Suite struct `A program in the foreground` {
    @Test(
        arguments: [
            (["EDITOR": "nano"], 12, ["exec nano \"$@\"", "sh", "+12", "a b.yaml"]),
            (["EDITOR": "nano", "VISUAL": "emacs -nw"], 3, ["exec emacs -nw \"$@\"", "sh", "+3", "a b.yaml"]),
            (["EDITOR": "", "VISUAL": ""], nil, ["exec vi \"$@\"", "sh", "a b.yaml"]),
            ([:], 1, ["exec vi \"$@\"", "sh", "+1", "a b.yaml"]),
            (
                ["EDITOR": "/usr/bin/code --wait"], 7,
                ["exec /usr/bin/code --wait \"$@\"", "sh", "--goto", "a b.yaml:7"]
            ),
            (["EDITOR": "hx"], 7, ["exec hx \"$@\"", "sh", "a b.yaml:7"]),
        ] as [([String: String], Int?, [String])])
    func `is the user's editor at a line`(environment: [String: String], line: Int?, words: [String]) {
        let command = ForegroundCommand.editor(file: "a b.yaml", line: line, environment: environment)
        #expect(command.arguments == ["/bin/sh", "-c"] + words)
    }

    @Test(arguments: ["-rf", "+q"])
    func `never takes a file for an option`(file: String) {
        let command = ForegroundCommand.editor(file: file, environment: [:])
        #expect(command.arguments.last == "./" + file)
    }

    @Test(
        arguments: [
            (.exited(code: 0), nil), (.exited(code: 1), nil), (.signaled(9), nil),
            (.exited(code: 126), "it is not a program that may be run"),
            (.exited(code: 127), "no such program was found"), (.notStarted(code: 2), "No such file or directory"),
        ] as [(ForegroundResult, String?)])
    func `says why it did not start`(result: ForegroundResult, reason: String?) {
        #expect(result.whyNotStarted == reason)
    }

    @Test(
        arguments: [
            (0, ForegroundResult.exited(code: 0)), (0x0300, .exited(code: 3)), (2, .signaled(2)), (0x8B, .signaled(11)),
            (-2, .notStarted(code: 2)),
        ] as [(CInt, ForegroundResult)])
    func `tells how it ended`(status: CInt, result: ForegroundResult) {
        #expect(ForegroundResult(waitStatus: status) == result)
    }
}
