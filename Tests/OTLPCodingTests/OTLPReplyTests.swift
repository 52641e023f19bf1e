import OTLPCoding
import Testing

@Suite struct `OTLP reply` {
    @Test func `a full success is empty`() {
        #expect(OTLPReply().encoded(.protobuf) == [])
        #expect(OTLPReply().encoded(.json) == Array("{}".utf8))
    }

    @Test func `a partial success says how many and why`() {
        let reply = OTLPReply(rejectedSpans: 4, message: "4 spans \"cannot\" be used\u{1B}")
        #expect(
            text(reply.encoded(.json))
                == #"{"partialSuccess":{"rejectedSpans":"4","errorMessage":"4 spans \"cannot\" be used\u001b"}}"#)
        #expect(
            reply.encoded(.protobuf)
                == ProtoMessage.field(1, ProtoMessage.number(1, 4), ProtoMessage.field(2, reply.message)))
    }

    @Test func `a status carries its code, its message and when to try again`() {
        let status = OTLPStatus(.unavailable, "the disk is full", retryAfterSeconds: 5)
        let retry = ProtoMessage.field(1, "type.googleapis.com/google.rpc.RetryInfo")
        let delay = ProtoMessage.field(2, ProtoMessage.field(1, ProtoMessage.number(1, 5)))
        #expect(
            status.encoded(.protobuf)
                == ProtoMessage.number(1, 14) + ProtoMessage.field(2, "the disk is full")
                + ProtoMessage.field(3, retry, delay))
        #expect(
            text(status.encoded(.json))
                == #"{"code":14,"message":"the disk is full","#
                + #""details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"5s"}]}"#)
        #expect(text(OTLPStatus(.invalidArgument, "no").encoded(.json)) == #"{"code":3,"message":"no"}"#)
    }

    @Test func `a long message is shortened between characters`() {
        let reply = OTLPReply(rejectedSpans: 1, message: String(repeating: "한", count: 5000))
        let body = reply.encoded(.protobuf)
        #expect(body.count < OTLPReply.longestMessage + 16)
        #expect(String(validating: body.suffix(OTLPReply.longestMessage - 4), as: UTF8.self)?.hasSuffix("한…") == true)
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
