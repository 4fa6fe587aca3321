/// The limits of taking in publications, each with its unit and reason.
package enum PublicationLimits {
  /// The number of events after which the decided part of a publication is committed and sent, while
  /// the rest is evaluated: each part costs one wait for the disk, little beside its deliveries.
  package static let eventsPerPortion = 512
}
