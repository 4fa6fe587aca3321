import FXCore
import FXHTTP
import Testing

struct ResponseHeadTests {
  @Test("The fields of the last response are kept in order, without 1xx responses and trailers")
  func lastResponse() {
    var head = ResponseHead()
    let lines = [
      "HTTP/1.1 103 Early Hints\r\n", "Link: </a>\r\n", "\r\n", "HTTP/1.1 200 OK\r\n",
      "ETag:  \"a\" \r\n", "Set-Cookie: a=1\r\n", "Set-Cookie: b=2\r\n", "Empty:\r\n", "\r\n",
      "Trailer: late\r\n", "\r\n",
    ]
    for line in lines { #expect(append(line, in: &head)) }
    #expect(
      head.fields == [
        HTTPHeader("ETag", "\"a\""), HTTPHeader("Set-Cookie", "a=1"),
        HTTPHeader("Set-Cookie", "b=2"), HTTPHeader("Empty", ""),
      ])
  }

  @Test("Folded lines are joined, and invalid header fields are dropped")
  func odd() {
    var head = ResponseHead()
    let lines = [
      "HTTP/1.0 200 OK\r\n", " before any field\r\n", "A: one\r\n", "\t two\r\n", "no colon\r\n",
      "B\u{1}: x\r\n", "C: bell\u{7}\r\n", ": nameless\r\n", "D: \u{e4}\r\n", "\r\n",
    ]
    for line in lines { #expect(append(line, in: &head)) }
    #expect(head.fields == [HTTPHeader("A", "one two"), HTTPHeader("D", "\u{e4}")])
  }

  @Test("Fields beyond the limit fail")
  func manyFields() {
    var head = ResponseHead()
    var limits = TransferLimits()
    limits.maximumHeaderFields = 2
    #expect(append("HTTP/1.1 200 OK\r\n", in: &head, limits))
    #expect(append("A: 1\r\n", in: &head, limits))
    #expect(append("B: 2\r\n", in: &head, limits))
    #expect(!append("C: 3\r\n", in: &head, limits))
  }

  @Test("The limit of bytes applies to all heads of a response")
  func manyBytes() {
    var head = ResponseHead()
    var limits = TransferLimits()
    limits.maximumHeaderBytes = 60
    for _ in 0..<2 {
      #expect(append("HTTP/1.1 100 Continue\r\n", in: &head, limits))
      #expect(append("\r\n", in: &head, limits))
    }
    #expect(!append("HTTP/1.1 100 Continue\r\n", in: &head, limits))
  }

  private func append(
    _ line: String, in head: inout ResponseHead, _ limits: TransferLimits = TransferLimits()
  ) -> Bool {
    Array(line.utf8).withUnsafeBytes { head.append(line: $0, within: limits) }
  }
}
