import FXCore

/// One delivery with all its attempts.
struct DeliveryHistory: Sendable {
  let record: DeliveryRecord
  let attempts: [DeliveryAttempt]
}
