import FXCore

/// The part of the body of an answer with a status of success that separates acceptance from refusal.
///
/// Some services refuse with status 200.
enum ServiceAnswer: Hashable, Sendable {
  /// Every body is acceptance.
  case any
  /// The value at a path of a JSON document is this text.
  case value(at: [String], expected: String)
  /// Slack: `ok`, or a JSON document whose `ok`, if there is one, is true.
  case slack
  /// Microsoft Teams: nothing, `1`, or a JSON document; a sentence is a refusal.
  case teams
  /// Telegram: a JSON document whose `ok`, if there is one, is true.
  case telegram

  /// A refusal.
  struct Refusal: Hashable {
    /// A short description, of which no part is secret.
    let reason: String

    /// True if the service asks for fewer requests.
    let isLimit: Bool
  }

  /// Returns the answer of a service that is known by the host of its URL.
  static func known(ofHost host: String) -> ServiceAnswer? {
    switch host.lowercased() {
    case "oapi.dingtalk.com", "api.dingtalk.com", "qyapi.weixin.qq.com":
      .value(at: ["errcode"], expected: "0")
    case "open.feishu.cn", "open.larksuite.com": .value(at: ["code"], expected: "0")
    default: nil
    }
  }

  /// Returns the refusal of a body; nil if it is acceptance.
  func refusal(in body: [UInt8]) -> Refusal? {
    switch self {
    case .any: return nil
    case .value(let path, let expected):
      let name = path.joined(separator: ".")
      guard let document = try? JSONReader.read(body) else {
        return Refusal(reason: "the answer is not a JSON document with '\(name)'", isLimit: false)
      }
      guard let value = Self.text(at: path, in: document) else {
        return Refusal(reason: "the answer has no '\(name)'", isLimit: false)
      }
      guard value != expected else { return nil }
      return Refusal(
        reason: "\(name) is \(Self.shown(value)), expected \(expected)",
        isLimit: Self.limits.contains(value))
    case .slack, .telegram:
      guard let document = try? JSONReader.read(body), document["ok"] == .bool(false) else {
        return nil
      }
      let error = (document["error"] ?? document["error_code"])?.text ?? ""
      return Refusal(
        reason: "ok is false" + (error.isEmpty ? "" : ", error \(Self.shown(error))"),
        isLimit: Self.limits.contains(error))
    case .teams:
      let text = String(decoding: body, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
      if text.isEmpty || text == "1" || (try? JSONReader.read(body)) != nil { return nil }
      let isLimit = text.contains("429") || text.lowercased().contains("throttl")
      return Refusal(reason: "the answer is a sentence instead of 1", isLimit: isLimit)
    }
  }

  /// The codes of too many requests: of DingTalk, WeCom, Feishu, Slack and Telegram.
  private static let limits: Set<String> = [
    "130101", "45009", "45033", "9499", "11232", "ratelimited", "rate_limited", "429",
  ]

  /// Returns the text at a path; nil where there is none.
  private static func text(at path: [String], in document: JSONValue) -> String? {
    var value: JSONValue? = document
    for key in path { value = value?[key] }
    if case .bool(let flag)? = value { return "\(flag)" }
    return value?.text
  }

  /// Returns a value as it may be shown: a code is short, and anything longer may be a secret.
  private static func shown(_ value: String) -> String {
    let isCode =
      value.utf8.count <= 40
      && value.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
    return isCode ? value : "another text"
  }
}
