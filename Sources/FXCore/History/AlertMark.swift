/// An instant in the life of an alert from which a window can begin: `since armed`, `since fired`.
package enum AlertMark: String, Hashable, Sendable, CaseIterable {
  /// The alert last became inactive, or, of an event, fired; before that, its rule was added.
  case armed
  /// The alert began to fire; there is no such instant while it does not.
  case fired
}
