/// A format in which a user can describe a source.
enum CustomFormat: String, Hashable, Sendable, CaseIterable {
  case csv
  case html
  case json
  case regex
  case text
  case xlsx
  case xml

  /// The value of the `Accept` header.
  var accept: String {
    switch self {
    case .csv: "text/csv,text/plain;q=0.9,*/*;q=0.5"
    case .html, .text: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
    case .json: "application/json,*/*;q=0.5"
    case .regex: "*/*"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,*/*;q=0.5"
    case .xml: "application/xml,text/xml;q=0.9,*/*;q=0.5"
    }
  }
}
