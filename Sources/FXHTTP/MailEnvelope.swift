import FXCore

extension MailRequest {
  /// Checks the envelope against command injection: each text must be one word of printable ASCII
  /// without `<` and `>`.
  func checkEnvelope() throws(MailFailure) {
    func isWord(_ text: String) -> Bool {
      !text.isEmpty
        && text.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != 0x3c && $0 != 0x3e }
    }
    guard !recipients.isEmpty else { throw .unusable(reason: "it has no recipient") }
    for address in [sender] + recipients where !isWord(address) {
      throw .unusable(reason: "an address in its envelope is not one word of ASCII")
    }
    let isHost =
      isWord(host) && !host.utf8.contains { "/?#@\\".utf8.contains($0) }
      && (host.hasPrefix("[") || !host.contains(":"))
    guard isHost, (1...65_535).contains(port) else {
      throw .unusable(reason: "its server is not a name or address with a port")
    }
    guard password == nil || security != .none else {
      throw .unusable(reason: "a password is never sent without encryption")
    }
  }
}
