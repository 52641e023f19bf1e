import ArgumentParser

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "A first catalog, commented.",
        discussion: """
            Never writes over a file that is there.

            EXAMPLES
              flowglass init
              flowglass init path/to/catalog
            """)

    @Argument(
        help: ArgumentHelp("The folder to write into (default: ./catalog).", valueName: "path"), completion: .directory)
    var path = CatalogOptions.defaultPath

    func run() throws {
        let folder = Files.withoutSlash(path)
        let file = folder + "/flowglass.yaml"
        try Files.makeFolder(folder)
        try Files.create(Self.template, at: file)
        Output.write("\(file)\n")
        let command = folder == CatalogOptions.defaultPath ? "flowglass" : "flowglass \(folder)"
        Talk.note("now describe your own services in it, and see them with '\(command)'")
    }

    /// Clean by every rule, so that the first finding is about what its owner wrote.
    static let template = """
        # A catalog: who publishes, who subscribes, who calls whom. Cut it into as many files as you like; all *.yaml
        # files below this folder are read. `flowglass lint` checks it, `flowglass` shows it. For completion in editors:
        # flowglass schema > .catalog.schema.json, and as the first line # yaml-language-server: $schema=…
        catalog:
          name: My system
          owner: my-team

        brokers:
          events: { system: kafka }            # or aws-sns, rabbitmq, redis-pubsub, nats …

        services:
          order:
            title: Orders
            description: Takes orders and tells everybody about them.
            owner: my-team
            calls:
              - { service: payment, protocol: grpc, operation: Charge, timeout: 2s, on-failure: fail }
            publishes:
              - { channel: order.completed, key: orderId }
          payment:
            title: Payments
            description: Charges cards.
            owner: my-team
            discovery: dns
          notification:
            title: Notifications
            description: Writes to customers.
            owner: my-team
            # The service.name of its spans, where that differs from the name here:
            # telemetry-names: [notification-service]
            subscribes:
              - { channel: order.completed, group: notification, idempotent: true, retries: 3 }

        topics:
          order.completed:
            title: Order completed
            description: An order was paid.
            owner: my-team
            broker: events
            ordering: per-key
            needs: [replay]

        flows:
          checkout:
            title: Checkout
            description: From the payment to the mail.
            owner: my-team
            style: choreography
            steps:
              - order calls payment
              - order publishes order.completed
              - notification handles order.completed

        """
}
