import FXCore
import FXHTTP
import Testing

struct WebAddressTests {
  @Test(
    "Every notation of a host is checked as the host that would be opened",
    arguments: [
      ("http://Bank.Example/rates?key=1", "http://bank.example:80"),
      ("https://bank.example:8443", "https://bank.example:8443"),
      ("http://2130706433/", "http://127.0.0.1:80"),
      ("http://0x7f.1/", "http://127.0.0.1:80"),
      ("http://0177.0.0.1/", "http://127.0.0.1:80"),
      ("http://[::1]:8080/", "http://[::1]:8080"),
      ("http://user:password@bank.example/", "http://bank.example:80"),
      ("http://good.example@bad.example/", "http://bad.example:80"),
    ])
  func origins(text: String, origin: String) throws {
    #expect(try WebAddress(text).origin == origin)
  }

  @Test(
    "A URL that cannot be opened is refused with a remedy",
    arguments: [
      ("file:///etc/passwd", "unsupported scheme 'file'; use http or https"),
      ("ftp://bank.example/x", "unsupported scheme 'ftp'; use http or https"),
      ("gopher://bank.example/", "unsupported scheme 'gopher'; use http or https"),
      (
        "bank.example/rates",
        "it has no scheme; write it like https://bank.example/rates"
      ),
      ("", "it has no scheme; write it like https://bank.example/rates"),
      ("http://", "its host is not a name or address; write it like https://bank.example/rates"),
      ("http://bank.example:99999/", "its port is not a number from 0 to 65535"),
      (
        "http://bank.example/a b",
        "it contains a space or a control character; write a space as %20"
      ),
      (
        "http://bank.example/\u{0}",
        "it contains a space or a control character; write a space as %20"
      ),
      (
        "http://bank.example/" + String(repeating: "x", count: 9000), "it is longer than 8192 bytes"
      ),
    ])
  func unusable(text: String, reason: String) {
    #expect(throws: HTTPFailure.unusableURL(reason: reason)) { try WebAddress(text) }
  }
}
