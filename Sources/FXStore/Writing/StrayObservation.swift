/// An observation, or the end of a series, without the publication that contains it.
struct StrayObservation: Error {}
