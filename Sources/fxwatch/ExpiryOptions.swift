import ArgumentParser

/// The options `--until` and `--for` of silences and acknowledgements.
struct ExpiryOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The end: UTC such as 2026-02-20T18:00:00Z, or yyyy-mm-dd for the start of a day.",
      valueName: "instant"))
  var until: String?

  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("The duration: 90m, 8h, 7d.", valueName: "duration")
  )
  var duration: String?
}
