import ArgumentParser

/// The options `--until` and `--for` of silences and acknowledgements.
struct ExpiryOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The end: 2026-02-20T18:00:00Z, yyyy-mm-dd for the start of a day in UTC, or the next 08:00.",
      valueName: "instant"))
  var until: String?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("The duration: 90m, 8h, 7d.", valueName: "duration")
  )
  var duration: String?
}
