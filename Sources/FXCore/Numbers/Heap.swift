/// A binary min-heap.
///
/// Insertion and removal cost the logarithm of the count; reading the least element is constant.
struct Heap<Element: Comparable & Hashable & Sendable>: Hashable, Sendable {
  private var elements: [Element] = []

  /// An empty heap.
  init() {}

  /// A heap of some elements.
  init(_ elements: [Element]) { for element in elements { insert(element) } }

  /// The least element; nil if the heap is empty.
  var least: Element? { elements.first }

  /// The number of elements.
  var count: Int { elements.count }

  /// Returns the elements that satisfy a condition, in no particular order.
  ///
  /// If the condition holds for an element, it must hold for all that are less. Cost: linear in the
  /// result.
  func elements(where holds: (Element) -> Bool) -> [Element] {
    var found: [Element] = []
    var open = [0]
    while let place = open.popLast() {
      guard place < elements.count, holds(elements[place]) else { continue }
      found.append(elements[place])
      open += [2 * place + 1, 2 * place + 2]
    }
    return found
  }

  /// Adds an element.
  mutating func insert(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard elements[child] < elements[parent] else { return }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  /// Removes and returns the least element; nil if the heap is empty.
  mutating func popLeast() -> Element? {
    guard let least = elements.first else { return nil }
    let last = elements.removeLast()
    guard !elements.isEmpty else { return least }
    elements[0] = last
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < elements.count else { return least }
      let right = left + 1
      let child = right < elements.count && elements[right] < elements[left] ? right : left
      guard elements[child] < elements[parent] else { return least }
      elements.swapAt(child, parent)
      parent = child
    }
  }
}
