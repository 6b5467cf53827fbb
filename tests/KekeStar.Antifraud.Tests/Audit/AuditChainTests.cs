using System.Text;
using CsCheck;
using KekeStar.Antifraud.Audit;

namespace KekeStar.Antifraud.Tests.Audit;

/// <summary>Whatever is done to a log's lines is found.</summary>
public sealed class AuditChainTests
{
    private const int Runs = 300;

    private static readonly Gen<int> Any = Gen.Int[0, int.MaxValue];

    // Days between lines, so that a log covers one to some months.
    private static readonly Gen<Lines> Logs = Gen.Int[0, 20].Array[2, 20].Select(static gaps => new Lines(gaps));

    [Fact]
    public void An_untouched_log_is_intact() => Logs.Sample(
        static log => log.Check(log.Texts, expectLast: true) == AuditFault.None, iter: Runs);

    [Fact]
    public void An_edited_byte_is_found() => Gen.Select(Logs, Any, Any, Gen.Byte).Sample(
        static (log, line, place, value) =>
        {
            var texts = log.Texts.ToArray();
            var text = (texts[line % texts.Length] + "\n").ToCharArray();
            place %= text.Length;
            if (text[place] == value)
            {
                return true;
            }

            text[place] = (char)value;
            return log.Check(texts, expectLast: false, (line % texts.Length, new string(text))) != AuditFault.None;
        },
        iter: Runs);

    [Fact]
    public void A_line_written_anew_with_a_hash_of_its_own_is_found() => Gen.Select(Logs, Any).Sample(
        static (log, line) =>
        {
            var texts = log.Texts.ToArray();
            line %= texts.Length;
            texts[line] = Encoding.ASCII.GetString((log.All[line] with { Caller = "nobody" }).Seal().Encode());

            // Of the last line nothing in the files depends: there it takes the known hash.
            return log.Check(texts, expectLast: line == texts.Length - 1) == (line == texts.Length - 1 ? AuditFault.NotTheKnownEnd : AuditFault.ChainBroken);
        },
        iter: Runs);

    [Fact]
    public void Deleted_lines_are_found() => Gen.Select(Logs, Any, Any).Sample(
        static (log, from, count) =>
        {
            var texts = log.Texts.ToList();
            from %= texts.Count;
            count = 1 + (count % (texts.Count - from));
            texts.RemoveRange(from, count);
            var isEnd = from == texts.Count;
            return log.Check(texts, expectLast: isEnd) != AuditFault.None;
        },
        iter: Runs);

    [Fact]
    public void Exchanged_lines_are_found() => Gen.Select(Logs, Any, Any).Sample(
        static (log, one, other) =>
        {
            var texts = log.Texts.ToArray();
            one %= texts.Length;
            other %= texts.Length;
            (texts[one], texts[other]) = (texts[other], texts[one]);
            return one == other || log.Check(texts, expectLast: false) != AuditFault.None;
        },
        iter: Runs);

    [Fact]
    public void An_inserted_line_is_found() => Gen.Select(Logs, Any, Any, Gen.Int[0, 2]).Sample(
        static (log, line, place, kind) =>
        {
            var texts = log.Texts.ToList();
            var original = log.All[line % texts.Count];
            var text = kind switch
            {
                0 => texts[line % texts.Count],
                1 => "",
                _ => Encoding.ASCII.GetString((original with { Seq = original.Seq + 1, Prev = original.Hash, Purpose = "added" }).Seal().Encode()),
            };
            place %= texts.Count + 1;

            // Behind the last line, a next one that fits is what the log itself would have written; only the known hash tells.
            var isNext = kind == 2 && place == texts.Count;
            texts.Insert(place, text);
            return log.Check(texts, expectLast: isNext) != AuditFault.None;
        },
        iter: Runs);

    [Fact]
    public void A_missing_file_is_found() => Gen.Select(Logs.Where(static log => log.Months > 1), Any).Sample(
        static (log, file) =>
        {
            file %= log.Months;
            var fault = log.Check(log.Texts, expectLast: true, missing: file);
            return fault == (file == 0 ? AuditFault.BeginningMissing : file == log.Months - 1 ? AuditFault.NotTheKnownEnd : AuditFault.FileMissing);
        },
        iter: Runs);

    /// <summary>A log's lines, spread over files by their months.</summary>
    private sealed class Lines
    {
        public Lines(int[] gaps)
        {
            var time = new DateTimeOffset(2026, 11, 3, 4, 5, 6, TimeSpan.Zero);
            var prev = AuditLine.NoHash;
            foreach (var gap in gaps)
            {
                time = time.AddDays(gap).AddMilliseconds(1);
                var line = new AuditLine(
                    All.Count + 1, time, "0123456789abcdef", "list_put", "loopback", "list_change", "0123456789abcdef", ReceiptId.New(), new AuditDetails().Add("gap", gap), prev).Seal();
                All.Add(line);
                prev = line.Hash;
            }

            Texts = [.. All.Select(static line => Encoding.ASCII.GetString(line.Encode()))];
        }

        public List<AuditLine> All { get; } = [];

        public IReadOnlyList<string> Texts { get; }

        public int Months => All.Select(static line => line.Time.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)).Distinct(StringComparer.Ordinal).Count();

        public AuditFault Check(IEnumerable<string> texts, bool expectLast, (int Line, string Text)? instead = null, int missing = -1)
        {
            var folder = Directory.CreateTempSubdirectory("antifraud-chain-");
            try
            {
                Write(folder.FullName, [.. texts], instead);
                if (missing >= 0)
                {
                    File.Delete(AuditDirectory.Files(folder.FullName)[missing].Path);
                }

                return AuditVerifier.Verify(folder.FullName, expectLast ? All[^1].Hash : null).Fault;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        // A place in the log keeps its file, whatever stands there now.
        private void Write(string folder, string[] texts, (int Line, string Text)? instead)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                var month = All[Math.Min(i, All.Count - 1)].Time;
                var text = instead is { } other && other.Line == i ? other.Text : texts[i] + "\n";
                File.AppendAllText(
                    Path.Combine(folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"audit-{month:yyyy-MM}.jsonl")), text, Encoding.Latin1);
            }
        }
    }
}
