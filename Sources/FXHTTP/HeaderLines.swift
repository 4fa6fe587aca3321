import CCurl

/// The header lines of a request as libcurl's linked list, in two buffers that are reused for each
/// request.
///
/// CURLOPT_HTTPHEADER accepts any valid list of `curl_slist` and does not copy it: the list must not
/// change while a transfer runs. `curl_slist_append` would allocate twice for each line. Values can
/// be secrets, so removed lines are overwritten.
final class HeaderLines {
  /// The lines, each terminated by a zero byte.
  private var text = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 10, alignment: 1)

  /// The number of bytes used in `text`.
  private var end = 0

  /// The offset of each line in `text`.
  private var starts: [Int] = []

  /// The nodes of the list; at least as many as the longest list so far.
  private var nodes = UnsafeMutableBufferPointer<curl_slist>.allocate(capacity: 16)

  deinit {
    text.deallocate()
    nodes.deallocate()
  }

  /// Adds a line of three parts without zero bytes; invalidates a list returned before.
  func append(_ name: String, _ separator: String, _ value: String) {
    let count = name.utf8.count + separator.utf8.count + value.utf8.count + 1
    if end + count > text.count { grow(to: max(end + count, 2 * text.count)) }
    starts.append(end)
    append(name)
    append(separator)
    append(value)
    text[end] = 0
    end += 1
  }

  /// The lines in order, valid until a line is added or all are removed; nil if there are none.
  var list: UnsafeMutablePointer<curl_slist>? {
    guard let base = text.baseAddress, !starts.isEmpty else { return nil }
    if starts.count > nodes.count {
      nodes.deallocate()
      nodes = .allocate(capacity: 2 * starts.count)
    }
    for (place, start) in starts.enumerated() {
      let line = (base + start).assumingMemoryBound(to: CChar.self)
      nodes.initializeElement(at: place, to: curl_slist(data: line, next: nil))
      if place > 0 { nodes[place - 1].next = nodes.baseAddress.map { $0 + place } }
    }
    return nodes.baseAddress
  }

  /// Removes all lines and overwrites their bytes.
  func removeAll() {
    UnsafeMutableRawBufferPointer(rebasing: text[..<end]).initializeMemory(
      as: UInt8.self, repeating: 0)
    end = 0
    starts.removeAll(keepingCapacity: true)
  }

  private func append(_ part: String) {
    var part = part
    part.withUTF8 { bytes in
      UnsafeMutableRawBufferPointer(rebasing: text[end...]).copyMemory(from: .init(bytes))
      end += bytes.count
    }
  }

  private func grow(to count: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    larger.copyMemory(from: .init(rebasing: text[..<end]))
    UnsafeMutableRawBufferPointer(rebasing: text[..<end]).initializeMemory(
      as: UInt8.self, repeating: 0)
    text.deallocate()
    text = larger
  }
}
