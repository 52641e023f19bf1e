/// Below a second a person waits for the answer: such a deadline is `immediate-need-over-async`, a longer one
/// `hidden-synchronous-dependency`.
let immediateDeadline = Duration.seconds(1)
