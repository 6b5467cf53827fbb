using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>Reads what other services found.</summary>
internal static class ThirdPartyReader
{
    private const int MaxVendorScore = 1000;

    /// <summary>Reads a third_party field of a ScoreRequest.</summary>
    public static RequestError Read(scoped ref ProtobufReader reader, ScoreEvent target)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            target.Drop(SignalNames.ThirdParty, DropCause.WrongType);
            reader.Skip();
            return RequestError.None;
        }

        var results = new ProtobufReader(reader.ReadBytes());
        while (results.TryReadTag(out var field))
        {
            var signal = SignalTable.ThirdParty[field];
            switch (field)
            {
                case ThirdPartyResults.CaptchaFieldNumber:
                    if (SignalReader.TryReadEnum(ref results, signal, (int)CaptchaState.Pending, target, out var captcha))
                    {
                        target.Captcha = (CaptchaState)captcha;
                    }

                    break;
                case ThirdPartyResults.VendorScoreFieldNumber when results.WireType == WireType.Varint:
                    var score = results.ReadVarint();
                    target.VendorScore = score <= MaxVendorScore ? (int)score : -1;
                    if (score > MaxVendorScore)
                    {
                        target.Drop(signal.NameIndex, DropCause.Malformed);
                    }

                    break;
                case ThirdPartyResults.VendorScoreFieldNumber:
                    target.Drop(signal.NameIndex, DropCause.WrongType);
                    results.Skip();
                    break;
                default:
                    results.Skip();
                    break;
            }
        }

        return results.IsMalformed ? RequestError.NotProtobuf : RequestError.None;
    }
}
