using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Tests.Intake.Sealing;
using KekeStar.Antifraud.Tests.Wire;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Tests.Intake;

/// <summary>Nothing of a request comes out in what the service says about it, but the event id that it echoes.</summary>
public class ErrorPrivacyTests
{
    private const string Canary = "CANARY7f3a";

    private readonly IntakeUnderTest _intake = new();

    [Fact]
    public void No_error_note_or_error_reply_holds_a_value_of_the_request()
    {
        var request = FullRequest.Make(_intake, software: 2, processes: 2, samples: 4);
        PutCanaries(request);
        AssertSaysNothing(request.ToByteArray());
        request.EventId = "e-1";
        request.SealedIdentifiers = ByteString.Empty;
        var message = request.ToByteArray();
        AssertSaysNothing(message);
        var inSeal = request.Clone();
        SealingUnderTest.Sealer().Seal(inSeal);
        AssertSaysNothing(inSeal.ToByteArray());
        foreach (var path in ContractTree.Paths(ScoreRequest.Descriptor))
        {
            foreach (var bad in BadFields.Of(path[^1]))
            {
                AssertSaysNothing(BadFields.Embed(request, path, bad.Raw, keep: true));
            }
        }

        for (var length = 0; length < message.Length; length++)
        {
            AssertSaysNothing(message.AsSpan(0, length));
        }
    }

    [Fact]
    public void Every_error_has_a_text_of_its_own_that_says_what_to_do()
    {
        var texts = Enum.GetValues<RequestError>().Where(error => error != RequestError.None).Select(RequestErrorText.Of).ToList();
        Assert.Equal(texts.Count, texts.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(texts, text => text == RequestErrorText.Of(RequestError.None));
        Assert.All(texts, text => Assert.EndsWith(".", text, StringComparison.Ordinal));
    }

    private static void PutCanaries(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.FieldType == FieldType.String && !field.IsRepeated)
            {
                field.Accessor.SetValue(message, Canary + field.Name);
            }
            else if (field.FieldType == FieldType.String)
            {
                ((IList<string>)field.Accessor.GetValue(message)).Add(Canary);
            }
            else if (field.FieldType == FieldType.Bytes)
            {
                field.Accessor.SetValue(message, ByteString.CopyFromUtf8(Canary));
            }
            else if (field.FieldType == FieldType.Message && field.IsRepeated)
            {
                ((System.Collections.IEnumerable)field.Accessor.GetValue(message)).Cast<IMessage>().ToList().ForEach(PutCanaries);
            }
            else if (field.FieldType == FieldType.Message)
            {
                PutCanaries((IMessage)field.Accessor.GetValue(message));
            }
        }
    }

    private void AssertSaysNothing(ReadOnlySpan<byte> message)
    {
        var scoreEvent = _intake.Parse(message);
        BadInputTests.AssertNoCanary(scoreEvent, "note or text");
        var writer = new ProtobufWriter();
        ScoreReplyEncoder.WriteError(scoreEvent, writer);
        var reply = ScoreReply.Parser.ParseFrom(writer.Written.ToArray());
        Assert.True(reply.EventId is "" or "e-1" || Encoding.UTF8.GetByteCount(reply.EventId) <= 64);
        reply.EventId = "";
        Assert.DoesNotContain("CANARY", Encoding.Latin1.GetString(reply.ToByteArray()), StringComparison.OrdinalIgnoreCase);
    }
}
