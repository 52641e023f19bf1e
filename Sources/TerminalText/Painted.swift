/// Text in a style of the terminal, by its SGR parameters (ECMA-48, 8.3.117), e.g. `1;31` for bold red; as it is where no
/// colour is wanted.
public func painted(_ text: String, _ parameters: String, if usesColor: Bool) -> String {
    usesColor && !parameters.isEmpty && !text.isEmpty ? "\u{1B}[\(parameters)m\(text)\u{1B}[0m" : text
}
