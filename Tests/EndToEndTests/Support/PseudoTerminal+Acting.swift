import Glibc

// What a person does.
extension PseudoTerminal {
    /// Types text, or sends the bytes of a key: `"\u{1B}[A"` is the up arrow, `"\u{3}"` Ctrl-C.
    func send(_ text: String) { send(bytes: Array(text.utf8)) }

    func send(bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty && !isHungUp {
            let written = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno == EAGAIN {
                // The program is not reading: it may be waiting for us to read.
                receive()
                usleep(500)
            } else {
                return
            }
        }
    }

    /// A click with the left button, at a place counted from 0.
    func click(x: Int, y: Int) { send("\u{1B}[<0;\(x + 1);\(y + 1)M\u{1B}[<0;\(x + 1);\(y + 1)m") }

    func paste(_ text: String) { send("\u{1B}[200~\(text)\u{1B}[201~") }

    /// Changes the size of the terminal, which tells the program by SIGWINCH.
    func resize(columns: Int, rows: Int) {
        receive()
        screen.resize(columns: columns, rows: rows)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    func signal(_ number: CInt) { kill(processID, number) }

    /// Closes the terminal as a window does.
    func hangUp() {
        receive()
        if !isHungUp { close(master) }
        isHungUp = true
    }
}
