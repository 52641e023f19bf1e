/// A RabbitMQ work queue: each job goes to one worker, and a rejected one comes back.
final class RabbitQueue: Sendable {
    struct Job: Sendable {
        let message: Message
        /// Counted from 1.
        let attempt: Int
    }

    let name: String
    private let activity: Activity
    private let jobs = Mailbox<Job>()

    init(_ name: String, activity: Activity) {
        self.name = name
        self.activity = activity
    }

    func send(_ message: Message) { put(Job(message: message, attempt: 1)) }

    /// One job, or nil when none came in time.
    func receive(waiting time: Duration) async -> Job? { await jobs.take(1, within: time).first }

    func acknowledge() { activity.end() }

    /// Puts a job back that could not be done.
    func reject(_ job: Job) {
        put(Job(message: job.message, attempt: job.attempt + 1))
        activity.end()
    }

    private func put(_ job: Job) {
        activity.begin()
        if !jobs.put(job) { activity.end() }
    }
}
