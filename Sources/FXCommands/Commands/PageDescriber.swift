import FXCore
package import FXDaemon
import FXHTTP
import FXSources
import FXSystem

/// Finds out how the rates of a page that no config describes are read, for `fxwatch poll URL`.
///
/// Presets of the publisher are tried first, then the settings that the body suggests; each as the daemon
/// would read it. Of those that read rates, the one that reads the most is kept.
package struct PageDescriber: Sendable {
  /// A page, how it is read, and what was read.
  package struct Description: Sendable {
    package let polled: Polled

    /// The source as it is written into a config.
    package let entry: ConfigEntry

    /// Sentences about what was assumed.
    package let assumptions: [String]
  }

  private let address: String

  /// The other currency of the rates, where the page does not print it.
  private let home: Currency?
  private let isHomeGiven: Bool
  private let network: Network
  private let clock = SystemClock()
  private let readers = BodyReaders(keepsSpare: false)

  /// A describer of the page at an address; throws if it is not one of http or https.
  ///
  /// `home` is the other currency of the rates; nil for that of the address's country.
  package init(address: String, home: String?) throws(CommandFailure) {
    guard SourceProposal.isAddress(address) else {
      throw .usage("'\(address)' is not an address; write one such as https://bank.example/rates")
    }
    self.address = address
    isHomeGiven = home != nil
    if let home {
      guard let currency = Currency(home) else {
        throw .usage("--against '\(home)' is not a currency; write a code such as KGS")
      }
      self.home = currency
    } else {
      self.home = SourceProposal.home(of: address)
    }
    network = try Network()
  }

  /// The settings of a request to the page.
  private var request: [SourceProposal.Setting] {
    var settings = [SourceProposal.Setting("url", address)]
    if let host = (try? WebAddress(address))?.host, AddressPolicy.isPrivate(host: host) {
      settings.append(.init("allow_private", "true"))
    }
    return settings + [.init("every", "1h")]
  }

  private var name: SourceName { SourceName(SourceProposal.name(for: address)) }

  /// Fetches the page and describes it.
  package func describe() async throws(CommandFailure) -> Description {
    // Any description makes the same request, but for the formats it asks for.
    let asking = SourceProposal.common
    guard let definition = asking.definition(name, with: request) else {
      throw .failed("\(address) is not an address that a source can have")
    }
    let response: HTTPResponse
    do {
      var request = try definition.request(
        at: clock.now(), zones: SystemZones(), secrets: FileSecrets(environment: [:], folder: ""))
      request.headers = request.headers.filter { $0.name != "Accept" }
      response = try await network.transport.send(request)
    } catch {
      await network.transport.shutdown()
      throw .failed("\(address): \((error as? HTTPFailure)?.sentence ?? "\(error)")")
    }
    await network.transport.shutdown()
    guard response.status == 200 else {
      throw .failed("\(address): the server answered HTTP \(response.status)")
    }
    return try await describe(
      response.body, contentType: response.header("Content-Type"), from: address)
  }

  /// Describes a saved body; `place` is its name in the error.
  package func describe(
    _ body: [UInt8], contentType: String? = nil, from place: String
  ) async throws(CommandFailure) -> Description {
    var proposals = SourceProposal.presets(at: address)
    var problem: ParseError?
    do throws(ParseError) {
      proposals += try await readers.proposals(
        for: body, contentType: contentType, home: home, name)
    } catch {
      problem = error
    }
    var best: (proposal: SourceProposal, polled: Polled)?
    for proposal in proposals {
      guard let definition = proposal.definition(name, with: request) else { continue }
      do throws(ParseError) {
        let reading = try await readers.read(
          body, contentType: contentType, as: definition, after: nil
        ).newest
        let polled = try Polled(
          definition: definition, reading: reading, fetchedAt: clock.now())
        if polled.reading.observations.count > best?.polled.reading.observations.count ?? 0 {
          best = (proposal, polled)
        }
      } catch {
        if proposal.settings.first?.key == "format" { problem = problem ?? error }
      }
    }
    guard let best else { throw .failed(failure(problem, proposals, place)) }
    return Description(
      polled: best.polled, entry: entry(best.proposal), assumptions: assumptions(best.proposal))
  }

  private func failure(
    _ problem: ParseError?, _ proposals: [SourceProposal], _ place: String
  ) -> String {
    let advice =
      home == nil
      ? "; if it prints one currency of each rate only, name the other one with --against CODE" : ""
    let reason = problem.map { ": \($0.message)" } ?? ""
    return "\(place): no rates were found\(reason)\(advice); to describe the page yourself, see"
      + " fxwatch-sources(5)"
  }

  private func entry(_ proposal: SourceProposal) -> ConfigEntry {
    let isPreset = proposal.settings.first?.key == "preset"
    let known = isPreset && SourceProposal.isAddress(address, ofPreset: proposal.settings[0].value)
    var settings = proposal.settings
    if !known { settings.insert(contentsOf: request.dropLast(), at: isPreset ? 1 : 0) }
    if !isPreset { settings.append(request[request.count - 1]) }
    return ConfigEntry(name.text, settings.map { ($0.key, Self.yaml($0)) })
  }

  /// Keys whose values are not texts.
  private static let plainKeys: Set<String> = ["allow_private", "every"]

  private static func yaml(_ setting: SourceProposal.Setting) -> String {
    guard let members = setting.members else {
      return plainKeys.contains(setting.key) ? setting.value : ConfigEntry.text(setting.value)
    }
    return "{" + members.map { "\($0.key): \(yaml($0))" }.joined(separator: ", ") + "}"
  }

  private func assumptions(_ proposal: SourceProposal) -> [String] {
    proposal.assumptions.compactMap { assumption in
      switch assumption {
      case .currency where isHomeGiven: nil
      case .currency(let currency):
        "assumed: the rates are in \(currency), the currency of the address's country, because the page"
          + " does not print it; another one is set by --against CODE"
      case .direction:
        "assumed: the direction of the rates, which no rate of the page shows; compare one with the page,"
          + " and exchange 'base' and 'quote' if it is wrong"
      case .decimalMark:
        "assumed: the decimal mark, which may as well be a mark of thousands; compare a rate with the page,"
          + " and set 'decimal' and 'thousands' if it is wrong"
      case .dayFirst:
        "assumed: the day comes before the month; set 'date_format: mm/dd/yyyy' if it is wrong"
      }
    }
  }
}
