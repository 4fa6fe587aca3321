/// Selects the notifiers that receive a notification.
package protocol RecipientSelection {
  /// Returns those of the named notifiers, nil for all, that are in use and receive events of a type: the
  /// ones that receive a
  /// notification at once, and the ones in quiet hours, which receive it in a digest.
  func select(
    _ names: [String]?, of type: NotificationType, severity: Severity, at now: Timestamp
  ) -> (immediate: [String], later: [String])
}
