/// The reason why a replica is no longer active.
package enum LeaseLoss: Hashable, Sendable {
  /// Another replica has taken the lease; nil where it has given it back already.
  case replaced(by: String?)
  /// The store does not have the latest transactions any more.
  case rewound
}
