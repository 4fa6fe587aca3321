import CPCRE2

extension TextPattern {
  /// The match of a pattern.
  struct Match {
    /// The range of the match, in bytes of the text.
    let range: Range<Int>

    /// The text of the first group; without groups, of the whole match.
    let text: String

    /// The range of that text.
    let textRange: Range<Int>

    /// The texts of the groups named as fields of a row.
    let fields: FieldTexts

    /// The part of the match outside of named groups, if a group for a number of units is blank;
    /// otherwise empty.
    var rest = ""

    /// The range of the group for a number of units, unless it is blank.
    var units: Range<Int>?
  }

  /// A compiled expression; not Sendable, because matching writes into its match data.
  final class Compiled {
    /// The named groups with their numbers.
    let groups: [(name: String, number: Int)]

    /// True if the expression has groups, named or not.
    let hasGroups: Bool

    /// True if a group contains a number of units.
    private let hasUnits: Bool

    private let text: String
    private let code: OpaquePointer
    private let data: OpaquePointer
    private let context: OpaquePointer

    /// Backtracking points from one starting position, and how deeply they nest.
    private static let matchLimit: UInt32 = 1_000_000
    private static let depthLimit: UInt32 = 10_000

    /// Memory for backtracking, in KiB.
    private static let heapLimit: UInt32 = 16_384

    init(_ text: String) throws(PatternProblem) {
      var problem: Int32 = 0
      var offset = 0
      let options =
        PCRE2_UTF | PCRE2_MULTILINE | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C
        | PCRE2_AUTO_CALLOUT
      let bytes = Array(text.utf8)
      guard !bytes.isEmpty else { throw PatternProblem("it is empty") }
      guard let code = pcre2_compile_8(bytes, bytes.count, options, &problem, &offset, nil) else {
        let place = String(decoding: bytes.prefix(offset), as: UTF8.self).count
        throw PatternProblem("\(Self.sentence(problem)), at character \(place + 1)")
      }
      guard let data = pcre2_match_data_create_from_pattern_8(code, nil),
        let context = pcre2_match_context_create_8(nil)
      else {
        pcre2_code_free_8(code)
        throw PatternProblem("out of memory")
      }
      pcre2_set_match_limit_8(context, Self.matchLimit)
      pcre2_set_depth_limit_8(context, Self.depthLimit)
      pcre2_set_heap_limit_8(context, Self.heapLimit)
      self.text = text
      self.code = code
      self.data = data
      self.context = context
      groups = Self.groups(of: code)
      hasUnits = groups.contains { $0.name == "nominal" || $0.name == "exponent" }
      var count: UInt32 = 0
      pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
      hasGroups = count > 0
    }

    deinit {
      pcre2_match_context_free_8(context)
      pcre2_match_data_free_8(data)
      pcre2_code_free_8(code)
    }

    /// Returns the first match in a text; nil if there is none.
    func firstMatch(in text: String, _ budget: PatternBudget) throws(ParseError) -> Match? {
      try match(in: Array(text.utf8), from: 0, budget)
    }

    /// Returns the first match at or after a byte offset of valid UTF-8; nil if there is none.
    func match(
      in text: [UInt8], from start: Int, _ budget: PatternBudget
    ) throws(ParseError) -> Match? {
      budget.position = start
      pcre2_set_callout_8(context, Self.countStep, Unmanaged.passUnretained(budget).toOpaque())
      let result = withExtendedLifetime(budget) {
        pcre2_match_8(code, text, text.count, start, PCRE2_NO_UTF_CHECK, data, context)
      }
      if result == PCRE2_ERROR_NOMATCH { return nil }
      guard result > 0, let offsets = pcre2_get_ovector_pointer_8(data) else {
        throw ParseError(
          "the pattern \(QuotedText.quoted(self.text)) takes too long on this body; make it more"
            + " specific")
      }
      func group(_ number: Int) -> Range<Int>? {
        guard number < Int(pcre2_get_ovector_count_8(data)) else { return nil }
        let (from, to) = (offsets[2 * number], offsets[2 * number + 1])
        // A group that did not match has offsets before or beyond every text.
        return 0 <= from && from <= to && to <= text.count ? from..<to : nil
      }
      func words(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
      guard let whole = group(0) else { return nil }
      var fields = FieldTexts(capacity: groups.count)
      for (name, number) in groups {
        guard let field = RateField(rawValue: name), let range = group(number) else { continue }
        fields[field] = fields[field] ?? words(range)
      }
      let textRange = group(1) ?? whole
      var match = Match(range: whole, text: words(textRange), textRange: textRange, fields: fields)
      if hasUnits, fields.hasUnits {
        match.units =
          groups.lazy.filter { $0.name == "nominal" || $0.name == "exponent" }
          .compactMap { group($0.number) }.first { !$0.isEmpty }
      } else if hasUnits {
        let named = groups.compactMap { group($0.number) }
        let bytes = whole.map { place in
          named.contains { $0.contains(place) } ? UInt8(ascii: " ") : text[place]
        }
        match.rest = String(decoding: bytes, as: UTF8.self)
      }
      return match
    }

    /// The callback that PCRE2 calls before each element of the pattern; a negative result ends the match.
    private static let countStep:
      @convention(c) (UnsafeMutablePointer<pcre2_callout_block_8>?, UnsafeMutableRawPointer?) ->
        Int32 = { block, data in
          guard let block, let data else { return PCRE2_ERROR_CALLOUT }
          let budget = Unmanaged<PatternBudget>.fromOpaque(data).takeUnretainedValue()
          let position = Int(block.pointee.current_position)
          budget.stepsLeft -= 1 + max(0, position - budget.position)
          budget.position = position
          return budget.stepsLeft > 0 ? 0 : PCRE2_ERROR_CALLOUT
        }

    private static func sentence(_ problem: Int32) -> String {
      var buffer = [UInt8](repeating: 0, count: 256)
      let count = pcre2_get_error_message_8(problem, &buffer, buffer.count)
      return count > 0 ? String(decoding: buffer.prefix(Int(count)), as: UTF8.self) : "invalid"
    }

    /// Reads the table of names; an entry is two bytes of number, then the name up to a zero.
    private static func groups(of code: OpaquePointer) -> [(name: String, number: Int)] {
      var count: UInt32 = 0
      var size: UInt32 = 0
      var table: UnsafePointer<UInt8>?
      pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
      pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &size)
      pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
      guard let table else { return [] }
      return (0..<Int(count)).map { index in
        let entry = table + index * Int(size)
        let name = UnsafeBufferPointer(start: entry + 2, count: Int(size) - 2).prefix { $0 != 0 }
        return (String(decoding: name, as: UTF8.self), Int(entry[0]) << 8 | Int(entry[1]))
      }
    }
  }
}
