/// Selects the notifiers that receive a notification.
package protocol RecipientSelection {
  /// Returns those of the named notifiers, nil for all, that are in use: the ones that receive a
  /// notification at once, and the ones in quiet hours, which receive it in a digest.
  func select(
    _ names: [String]?, severity: Severity, at now: Timestamp
  ) -> (immediate: [String], later: [String])
}
