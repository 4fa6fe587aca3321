extension HolidayCalendar {
  /// The public holidays of Türkiye: law 2429.
  ///
  /// Ramazan Bayramı and Kurban Bayramı with their eves follow the moon; the afternoon of 28 October
  /// is free.
  package static let turkiye = HolidayCalendar(
    name: "Türkiye",
    rules: [
      .fixed(1, 1),
      .fixed(4, 23),
      .fixed(5, 1, 19),
      .fixed(7, 15),
      .fixed(8, 30),
      .fixed(10, 28, 29),
      .islamic(9, 29),
      .islamic(10, 1, 2, 3),
      .islamic(12, 9, 10, 11, 12, 13),
    ],
    tolerance: 1)
}
