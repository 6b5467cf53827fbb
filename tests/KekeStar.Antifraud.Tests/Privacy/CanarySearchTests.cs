using System.Security.Cryptography;
using System.Text;

namespace KekeStar.Antifraud.Tests.Privacy;

/// <summary>The search itself: what is planted is found, whatever its form and wherever it lies.</summary>
public sealed class CanarySearchTests
{
    private const int Call = 7;

    public static TheoryData<string> Encodings => [.. Planted.Keys];

    private static Dictionary<string, Func<byte[], int, byte[]>> Planted { get; } = new(StringComparer.Ordinal)
    {
        ["ASCII"] = static (form, _) => form,
        ["UTF-16LE"] = static (form, _) => Widen(form),
        ["hex, lower case"] = static (form, _) => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(form)),
        ["hex, upper case"] = static (form, _) => Encoding.ASCII.GetBytes(Convert.ToHexString(form)),
        ["hex in UTF-16"] = static (form, _) => Widen(Encoding.ASCII.GetBytes(Convert.ToHexString(form))),
        ["base64"] = static (form, before) => Encoding.ASCII.GetBytes(Convert.ToBase64String([.. new byte[before], .. form, .. "tail"u8])),
        ["base64 without padding"] = static (form, before) => Encoding.ASCII.GetBytes(Convert.ToBase64String([.. new byte[before], .. form]).TrimEnd('=')),
        ["base64 for URLs"] = static (form, before) => Encoding.ASCII.GetBytes(Convert.ToBase64String([.. new byte[before], .. form]).Replace('+', '-').Replace('/', '_')),
        ["base64 in UTF-16"] = static (form, before) => Widen(Encoding.ASCII.GetBytes(Convert.ToBase64String([.. new byte[before], .. form]))),
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_form_of_every_field_is_found_in_every_encoding_at_every_alignment(string encoding)
    {
        for (var field = 0; field < Canary.Fields; field++)
        {
            var canary = (Call * Canary.Fields) + field;
            for (var form = 0; form < CanaryForms.Names.Length; form++)
            {
                var bytes = CanaryForms.Of(Canary.Of(canary), form);
                for (var before = 0; before < 3 && bytes.Length > 0; before++)
                {
                    var planted = Planted[encoding](bytes, before);
                    var memory = RandomNumberGenerator.GetBytes(600);
                    memory[100 + before - 1] = 0;
                    planted.CopyTo(memory, 100 + before);
                    memory[100 + before + planted.Length] = 0;
                    var search = new CanarySearch(Call, 1);
                    search.Search(memory);
                    Assert.Contains(search.Found, found => found.Canary == canary && found.Form == form);
                }
            }
        }
    }

    [Fact]
    public void What_is_near_a_canary_is_not_taken_for_it()
    {
        var search = new CanarySearch(Call, 1);
        for (var field = 0; field < Canary.Fields; field++)
        {
            var text = Encoding.ASCII.GetBytes(Canary.Of((Call * Canary.Fields) + field).Text);
            text[0] ^= 1;
            search.Search(text);
            text[0] ^= 1;
            text[^1] ^= 1;
            search.Search(text.AsSpan()[1..]);
        }

        Assert.Empty(search.Found);
    }

    [Fact]
    public void Every_field_of_every_call_has_a_different_canary()
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var same = 0;
        for (var number = 0; number < 20_000 * Canary.Fields; number++)
        {
            same += texts.Add(Canary.Of(number).Text) ? 0 : 1;
        }

        Assert.Equal(0, same);
    }

    [Fact]
    public void A_file_is_searched_across_the_borders_of_its_pieces()
    {
        var path = Path.GetTempFileName();
        try
        {
            var text = Encoding.ASCII.GetBytes(Canary.Of(Canary.NumberOf(Call, CanaryField.Oaid)).Text);
            var content = new byte[(4 << 20) + 500];
            text.CopyTo(content, (4 << 20) - 10);
            File.WriteAllBytes(path, content);
            var search = new CanarySearch(Call, 1);
            search.SearchFile(path);
            Assert.Single(search.Found);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] Widen(byte[] text) => [.. text.SelectMany(static value => new byte[] { value, 0 })];
}
