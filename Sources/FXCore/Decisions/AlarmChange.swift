/// The time at which an alert is next evaluated by the clock alone; nil to cancel it.
package struct AlarmChange: Hashable, Sendable {
  package let key: AlertKey
  package let at: Timestamp?

  /// A new alarm of an alert; nil cancels it.
  package init(key: AlertKey, at: Timestamp?) {
    self.key = key
    self.at = at
  }
}
