import FXCore
import FXServer

/// The answer to a query of a range, written sample by sample into the bytes that are sent.
struct PrometheusMatrix {
  private var bytes = Array(
    "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[".utf8)

  /// The length of the answer before the series that was begun; nil if none is.
  private var start: Int?
  private var hasSamples = false
  private var hasSeries = false

  /// Begins a series; one without samples is left out.
  mutating func begin(_ metric: JSONValue) {
    start = bytes.count
    hasSamples = false
    bytes += (hasSeries ? ",{\"metric\":" : "{\"metric\":").utf8
    metric.write(to: &bytes)
    bytes += ",\"values\":[".utf8
  }

  /// Adds a sample of the series; `value` is a number.
  mutating func add(_ at: Timestamp, _ value: String) {
    bytes += "\(hasSamples ? "," : "")[\(at.seconds),\"\(value)\"]".utf8
    hasSamples = true
  }

  /// Ends the series.
  mutating func end() {
    if hasSamples {
      bytes += "]}".utf8
      hasSeries = true
    } else if let start {
      bytes.removeSubrange(start...)
    }
    start = nil
  }

  var response: WebResponse {
    WebResponse(type: "application/json", body: bytes + Array("]}}\n".utf8))
  }
}

extension Timestamp {
  /// The seconds since 1970 with three decimals.
  var seconds: String {
    let rest = "\(abs(milliseconds % 1000))"
    let sign = milliseconds < 0 && milliseconds > -1000 ? "-" : ""
    return "\(sign)\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
