import FXServer

/// The fields of a form that a browser sent.
struct FormFields {
  private let query: Query

  /// Reads the body of a call; throws for another type and for unknown fields.
  init(_ call: RouteCall, _ allowed: [String]) throws(WebFailure) {
    let type = call.request.header("Content-Type")?.split(separator: ";").first ?? ""
    guard type == "application/x-www-form-urlencoded",
      let parameters = RequestTarget.parameters(String(decoding: call.request.body, as: UTF8.self))
    else {
      throw WebFailure(
        status: 415, title: "Unsupported media type", detail: "send the form as a browser does")
    }
    query = try Query(parameters, allowed)
  }

  /// The text of a field; empty if it is absent.
  subscript(_ name: String) -> String { query[name] ?? "" }
}
