/// A heap that gives its least element first.
///
/// Insertion and removal cost the logarithm of the count, looking at the least nothing.
struct Heap<Element: Comparable & Hashable & Sendable>: Hashable, Sendable {
  private var elements: [Element] = []

  /// The least element; nil when there is none.
  var least: Element? { elements.first }

  /// How many elements there are.
  var count: Int { elements.count }

  /// The elements for which something holds that holds for all that are less, in no order.
  ///
  /// Cost: as many as they are.
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

  /// Takes the least element out; nil when there is none.
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
