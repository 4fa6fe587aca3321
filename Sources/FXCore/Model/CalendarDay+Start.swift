extension CalendarDay {
  /// The first instant of the day in UTC.
  package var start: Timestamp {
    Timestamp(milliseconds: Int64(daysSinceEpoch) * 86_400_000)
  }
}
