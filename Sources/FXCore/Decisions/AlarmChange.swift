/// The time at which an alert is next evaluated by the clock alone; nil to cancel it.
struct AlarmChange: Hashable, Sendable {
  let key: AlertKey
  let at: Timestamp?
}
