using System.Text.Unicode;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>Reads the account of a ScoreRequest or of SealedSignals before any signal: what may be read depends on it.</summary>
internal static class AccountReader
{
    /// <summary>Sets the event's account from all account_id fields; the last one counts.</summary>
    /// <returns>None, or what is wrong with one.</returns>
    public static RequestError Read(ReadOnlySpan<byte> message, ScoreEvent target)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            if (field != ScoreRequest.AccountIdFieldNumber)
            {
                reader.Skip();
                continue;
            }

            var error = ReadAccount(ref reader, target);
            if (error != RequestError.None)
            {
                return error;
            }
        }

        return reader.IsMalformed ? RequestError.NotProtobuf : RequestError.None;
    }

    private static RequestError ReadAccount(ref ProtobufReader reader, ScoreEvent target)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return RequestError.AccountIdWrongType;
        }

        var account = reader.ReadBytes();
        if (account.Length > IntakeLimits.MaxAccountIdBytes)
        {
            return RequestError.AccountIdTooLong;
        }

        if (!Utf8.IsValid(account))
        {
            return RequestError.AccountIdNotText;
        }

        target.Forget(EntitySlot.Account);
        if (!account.IsEmpty)
        {
            target.Pseudonymise(EntitySlot.Account, account);
        }

        return RequestError.None;
    }
}
