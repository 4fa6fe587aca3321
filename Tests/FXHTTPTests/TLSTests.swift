import FXCore
import FXHTTP
import Foundation
import Support
import Testing

@Suite(.enabled(if: TLSServer.isPossible, "openssl and python3 are needed to make a TLS server"))
struct TLSTests {
  let transport: CurlTransport

  init() throws { transport = try ownTransport() }

  @Test("A certificate of an unknown authority is refused with OpenSSL's reason and no path")
  func unknownAuthority() async throws {
    let server = try TLSServer(host: "localhost")
    defer { server.stop() }
    let reason =
      "https://localhost:\(server.port): "
      + "SSL certificate problem: unable to get local issuer certificate"
    await #expect(throws: HTTPFailure.tls(reason: reason)) {
      try await transport.send(request(server))
    }
  }

  @Test("A certificate of an authority that the request names is accepted")
  func namedAuthority() async throws {
    let server = try TLSServer(host: "localhost")
    defer { server.stop() }
    var request = request(server)
    request.authoritiesFile = server.authoritiesFile
    #expect(try await transport.send(request).body == Array("secure".utf8))
    // The permission belongs to the request: the next one inherits neither it nor its connection.
    request.authoritiesFile = nil
    await #expect(throws: HTTPFailure.self) { try await transport.send(request) }
  }

  @Test("The authorities of a request are trusted in addition to the system's")
  func additional() async throws {
    let server = try TLSServer(host: "localhost")
    let other = try TLSServer(host: "localhost")
    defer {
      server.stop()
      other.stop()
    }
    let transport = try ownTransport(authoritiesDirectory: server.authoritiesDirectory)
    var request = request(server)
    request.authoritiesFile = other.authoritiesFile
    #expect(try await transport.send(request).status == 200)
  }

  @Test("A certificate for another name is refused")
  func otherName() async throws {
    let server = try TLSServer(host: "bank.example")
    defer { server.stop() }
    var request = request(server)
    request.authoritiesFile = server.authoritiesFile
    let reason =
      "https://localhost:\(server.port): "
      + "SSL: no alternative certificate subject name matches target host name 'localhost'"
    await #expect(throws: HTTPFailure.tls(reason: reason)) { try await transport.send(request) }
  }

  @Test("An expired certificate of a known authority is refused")
  func expired() async throws {
    let server = try TLSServer(host: "localhost", certificate: .expired)
    defer { server.stop() }
    var request = request(server)
    request.authoritiesFile = server.authoritiesFile
    let reason =
      "https://localhost:\(server.port): SSL certificate problem: certificate has expired"
    await #expect(throws: HTTPFailure.tls(reason: reason)) { try await transport.send(request) }
  }

  @Test("A self-signed certificate is refused unless the request names it")
  func selfSigned() async throws {
    let server = try TLSServer(host: "localhost", certificate: .selfSigned)
    defer { server.stop() }
    let reason =
      "https://localhost:\(server.port): SSL certificate problem: self-signed certificate"
    await #expect(throws: HTTPFailure.tls(reason: reason)) {
      try await transport.send(request(server))
    }
    var trusting = request(server)
    trusting.authoritiesFile = "\(server.folder)/server.pem"
    #expect(try await transport.send(trusting).body == Array("secure".utf8))
  }

  @Test("TLS older than 1.2 is refused")
  func oldVersion() async throws {
    let server = try TLSServer(host: "localhost", version: "TLSv1_1")
    defer { server.stop() }
    var request = request(server)
    request.authoritiesFile = server.authoritiesFile
    let failure = await #expect(throws: HTTPFailure.self) {
      try await transport.send(request)
    }
    let isTLS = if case .tls = failure { true } else { false }
    #expect(isTLS, "\(String(describing: failure))")
  }

  @Test("An invalid file of authorities is reported")
  func badFile() async throws {
    let server = try TLSServer(host: "localhost")
    defer { server.stop() }
    var request = request(server)
    request.authoritiesFile = "/nonexistent/t0ken.pem"
    await #expect(
      throws: HTTPFailure.tls(reason: "cannot read the file of certificate authorities as PEM")
    ) { try await transport.send(request) }
  }

  private func request(_ server: TLSServer) -> HTTPRequest {
    var request = HTTPRequest(url: "https://localhost:\(server.port)/t0ken")
    request.allowPrivate = true
    return request
  }
}

/// A TLS server with a certificate of a test authority, in Python because fxwatch itself serves no TLS.
final class TLSServer: Sendable {
  let port: Int
  let folder: String
  private let process: Program

  /// The authority's certificate.
  var authoritiesFile: String { "\(folder)/authority.pem" }

  /// A directory with the authority's certificate under its OpenSSL hash.
  var authoritiesDirectory: String { "\(folder)/authorities" }

  static let isPossible = ["openssl", "python3"].allSatisfy { name in
    let paths = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return paths.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
  }

  struct Failure: Error {}

  /// The flaw of a certificate, if any.
  enum Certificate: String {
    case good
    case expired
    case selfSigned
  }

  init(
    host: String, version: String = "TLSv1_2", certificate: Certificate = .good,
    program: String = TLSServer.page
  ) throws {
    folder = "\(NSTemporaryDirectory())/fxwatch-tls-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    process = try Program(
      "/bin/sh", ["-ec", Self.script, "sh", folder, host, version, certificate.rawValue, program],
      errors: .inherited)
    // The server prints its port when it listens.
    var line: [UInt8] = []
    var byte: UInt8 = 0
    if let output = process.output {
      while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
      close(output)
    }
    guard let port = Int(String(decoding: line, as: UTF8.self)) else { throw Failure() }
    self.port = port
  }

  func stop() {
    process.signal(SIGTERM)
    _ = process.wait()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static let script = #"""
    cd "$1"
    key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    exec 2>log
    openssl req -x509 $key -keyout authority.key -out authority.pem -days 1 -subj "/CN=Test $$"
    openssl req $key -keyout server.key -out server.csr -subj "/CN=$2"
    printf "subjectAltName=DNS:%s\n" "$2" > names
    case "$4" in
      selfSigned)
        openssl x509 -req -in server.csr -signkey server.key -days 1 -extfile names -out server.pem;;
      *)
        # Of minus one day: it ran out before it began.
        days=1; [ "$4" = good ] || days=-1
        openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
          -days $days -extfile names -out server.pem;;
    esac
    mkdir authorities
    cp authority.pem authorities/
    openssl rehash authorities
    exec python3 -c "$5" "$3"
    """#

  /// The program of a server that answers each GET with a page.
  private static let page = #"""
    import http.server, ssl, sys
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"secure")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = getattr(ssl.TLSVersion, sys.argv[1])
    context.load_cert_chain("server.pem", "server.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    server.serve_forever()
    """#
}
