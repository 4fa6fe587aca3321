import CZlib
import FXCore
import FXServer

/// Compresses answers with gzip (RFC 1952) for clients that accept it.
enum Compression {
  /// The size from which compressing is worth its time, in bytes.
  private static let least = 1024

  /// Returns an answer compressed, if its body is a text of more than 1 KiB and the client accepts that.
  static func compressed(_ response: WebResponse, for request: WebRequest) -> WebResponse {
    guard response.body.count > least,
      let type = response.headers.first(where: { $0.name == "Content-Type" })?.value,
      ["text/", "json", "xml", "javascript"].contains(where: { type.contains($0) })
    else { return response }
    var response = response
    response.headers.append(HTTPHeader("Vary", "Accept-Encoding"))
    guard accepts(request), let body = gzip(response.body) else { return response }
    response.body = body
    response.headers.append(HTTPHeader("Content-Encoding", "gzip"))
    return response
  }

  private static func accepts(_ request: WebRequest) -> Bool {
    let codings = request.header("Accept-Encoding")?.lowercased().split(separator: ",") ?? []
    return codings.contains { coding in
      let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
      return parts.first == "gzip" && !parts.dropFirst().contains { $0 == "q=0" || $0 == "q=0.0" }
    }
  }

  /// Returns the compressed bytes; nil without memory.
  static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard fx_deflate_gzip(&stream) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var bytes = bytes
    let room = Int(deflateBound(&stream, UInt(bytes.count)))
    let compressed = [UInt8](unsafeUninitializedCapacity: room) { output, count in
      bytes.withUnsafeMutableBytes { input in
        stream.next_in = input.baseAddress?.assumingMemoryBound(to: Bytef.self)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(room)
        count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? room - Int(stream.avail_out) : 0
      }
    }
    return compressed.isEmpty ? nil : compressed
  }
}
