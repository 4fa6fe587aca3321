import FXCore

/// A parameter of a statement, in PostgreSQL's binary format.
///
/// Texts lose NUL characters, which PostgreSQL cannot store; they become U+FFFD.
struct PostgresValue: Sendable {
  /// The types that are used, by their object identifiers (`pg_type.dat`).
  enum Kind: UInt32 {
    case integer = 20
    case text = 25
    case integers = 1016
    case texts = 1009

    /// The name in SQL.
    var name: String {
      switch self {
      case .integer: "bigint"
      case .text: "text"
      case .integers: "bigint[]"
      case .texts: "text[]"
      }
    }

    fileprivate var element: UInt32 {
      self == .integers ? Kind.integer.rawValue : Kind.text.rawValue
    }
  }

  let kind: Kind

  /// The bytes; nil for NULL.
  let bytes: [UInt8]?

  /// An integer, or NULL.
  static func integer(_ value: Int64?) -> PostgresValue {
    PostgresValue(kind: .integer, bytes: value.map { $0.bigEndianBytes })
  }

  /// A text, or NULL.
  static func text(_ value: String?) -> PostgresValue {
    PostgresValue(kind: .text, bytes: value.map { Self.stored($0.utf8) })
  }

  /// An array of integers.
  static func integers(_ values: [Int64?]) -> PostgresValue {
    PostgresValue(kind: .integers, bytes: array(.integers, values.map { $0?.bigEndianBytes }))
  }

  /// An array of texts.
  static func texts(_ values: [String?]) -> PostgresValue {
    PostgresValue(kind: .texts, bytes: array(.texts, values.map { $0.map { stored($0.utf8) } }))
  }

  /// An array of JSON documents, as texts.
  static func documents(_ values: [[UInt8]?]) -> PostgresValue {
    PostgresValue(kind: .texts, bytes: array(.texts, values.map { $0.map { stored($0) } }))
  }

  /// Returns a text as it is stored.
  static func storable(_ text: String) -> String {
    text.utf8.contains(0) ? String(decoding: stored(text.utf8), as: UTF8.self) : text
  }

  private static func stored(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    let bytes = Array(bytes)
    guard bytes.contains(0) else { return bytes }
    return bytes.flatMap { $0 == 0 ? [0xEF, 0xBF, 0xBD] : [$0] }
  }

  /// Returns an array of one dimension (`array_recv` in `arrayfuncs.c`).
  private static func array(_ kind: Kind, _ elements: [[UInt8]?]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20 + elements.reduce(0) { $0 + 4 + ($1?.count ?? 0) })
    func append(_ word: Int32) {
      withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
    }
    append(elements.isEmpty ? 0 : 1)
    append(1)
    append(Int32(kind.element))
    guard !elements.isEmpty else { return bytes }
    append(Int32(elements.count))
    append(1)
    for element in elements {
      append(element.map { Int32($0.count) } ?? -1)
      if let element { bytes.append(contentsOf: element) }
    }
    return bytes
  }
}

extension Int64 {
  fileprivate var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
