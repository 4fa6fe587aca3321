import FXDaemon
import Testing

@Suite("Requests for a reload")
struct ReloadRequestsTests {
  @Test("One reload runs at a time, and requests during it cause one more")
  func oneAtATime() {
    var requests = ReloadRequests()
    var answers = [requests.begin()]
    requests.add()
    answers += [requests.begin(), requests.next()]
    #expect(answers == [false, true, true])
    requests.add()
    requests.add()
    answers = [requests.begin(), requests.next(), requests.next()]
    #expect(answers == [false, true, false])
    requests.end()
    answers = [requests.begin()]
    #expect(answers == [false])
  }

  @Test("A request from before the start is carried out at the start")
  func early() {
    var requests = ReloadRequests()
    requests.add()
    requests.add()
    let answers = [requests.begin(), requests.next(), requests.next()]
    #expect(answers == [true, true, false])
  }
}
