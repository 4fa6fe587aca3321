import FXCore
import FXServer

/// A label and a message side by side.
struct Badge {
  /// The colours of messages, each dark enough for white text.
  enum Color: String {
    case good = "#1a6b2f"
    case warning = "#8a4b00"
    case bad = "#a40e26"
    case neutral = "#0550ae"
  }

  let label: String
  let message: String
  let color: Color

  /// The estimated width of a character of 11 px, in pixels.
  private static let characterWidth = 7
  private static let height = 20

  var json: WebResponse {
    .json(
      .object([
        .init("schemaVersion", .integer(1)), .init("label", .string(label)),
        .init("message", .string(message)), .init("color", .string(color.rawValue)),
      ]))
  }

  var svg: WebResponse {
    let (left, right) = (Self.width(of: label), Self.width(of: message))
    var markup = Markup(isXML: true)
    markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "width": "\(left + right)",
        "height": "\(Self.height)", "aria-label": "\(label): \(message)",
      ]
    ) { svg in
      svg.element("title", text: "\(label): \(message)")
      Self.part(label, x: 0, width: left, fill: "#444c56", &svg)
      Self.part(message, x: left, width: right, fill: color.rawValue, &svg)
    }
    return WebResponse(type: "image/svg+xml", body: markup.bytes)
  }

  private static func part(
    _ text: String, x: Int, width: Int, fill: String, _ svg: inout Markup
  ) {
    svg.element(
      "rect", ["x": "\(x)", "width": "\(width)", "height": "\(height)", "fill": fill])
    svg.element(
      "text",
      [
        "x": "\(x + width / 2)", "y": "14", "fill": "#fff", "text-anchor": "middle",
        "font-family": "sans-serif", "font-size": "11",
      ], text: text)
  }

  private static func width(of text: String) -> Int { text.count * characterWidth + 12 }
}
