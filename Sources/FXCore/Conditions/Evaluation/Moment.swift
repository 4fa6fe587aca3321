/// The instant at which a condition is evaluated, and its treatment of ranges.
struct Moment: Sendable {
  let now: Timestamp
  let certainty: Certainty
}
