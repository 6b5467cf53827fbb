using Google.Protobuf;
using KekeStar.Antifraud.Cli.Scoring;

namespace KekeStar.Antifraud.Cli.Privacy;

/// <summary>Shows what was done and the receipt for it.</summary>
internal static class ReceiptView
{
    /// <summary>Writes a line of what was done and the receipt, or the reply as JSON.</summary>
    public static void Write(TextWriter output, bool asJson, IMessage reply, string done, string receiptId, string receiptHash)
    {
        if (asJson)
        {
            output.WriteLine(ContractNames.Json(reply));
            return;
        }

        output.WriteLine(done);
        output.WriteLine($"receipt {receiptId}");
        output.WriteLine($"hash    {receiptHash}");
    }

    /// <summary>A number with its noun, "1 record" or "2 records".</summary>
    public static string Count(ulong number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    /// <summary>What was removed from the windows.</summary>
    public static string Removed(ulong records, ulong logs) =>
        $"{Count(records, "record", "records")} in {Count(logs, "log", "logs")}";
}
