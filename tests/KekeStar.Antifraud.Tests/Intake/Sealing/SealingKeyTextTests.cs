using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Intake.Sealing;

namespace KekeStar.Antifraud.Tests.Intake.Sealing;

public sealed class SealingKeyTextTests
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    [Fact]
    public void Keys_are_read_in_their_order_with_any_escapes()
    {
        var slashes = Convert.ToBase64String(Enumerable.Repeat((byte)0xFF, 32).ToArray());
        var text = $$"""{"keys": [{"id": 4294967295, "key": "{{Key}}"}, {"key": "{{slashes.Replace("/", "\\/", StringComparison.Ordinal)}}", "id": 0}]}""";
        var keys = Parse(text);
        Assert.Equal([uint.MaxValue, 0u], keys.Select(key => key.Id));
        Assert.Equal(SealingUnderTest.Key, keys[0].Bytes.ToArray());
        Assert.Equal(Enumerable.Repeat((byte)0xFF, 32), keys[1].Bytes.ToArray());
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var stream = new MemoryStream();
        SealingKeyText.Write(stream, [new SealingKey(3, SealingUnderTest.Key), new SealingKey(1, SealingUnderTest.OtherKey)]);
        var keys = SealingKeyText.Parse(stream.ToArray());
        Assert.Equal([(3u, Convert.ToHexString(SealingUnderTest.Key)), (1u, Convert.ToHexString(SealingUnderTest.OtherKey))], keys.Select(key => (key.Id, Convert.ToHexString(key.Bytes))));
    }

    [Theory]
    [InlineData("", "is not JSON")]
    [InlineData("{\"keys\": [", "is not JSON")]
    [InlineData("SECRET", "is not JSON")]
    [InlineData("{\"keys\": []} SECRET", "is not JSON")]
    [InlineData("[]", "not of the form")]
    [InlineData("null", "not of the form")]
    [InlineData("{}", "has no \"keys\"")]
    [InlineData("{\"SECRET\": []}", "not of the form")]
    [InlineData("{\"keys\": {}}", "not of the form")]
    [InlineData("{\"keys\": [\"SECRET\"]}", "not of the form")]
    [InlineData("{\"keys\": [], \"keys\": []}", "not of the form")]
    [InlineData("{\"keys\": []}", "has no entry")]
    [InlineData("{\"keys\": [{}]}", "keys[0] has no \"key\"")]
    [InlineData("{\"keys\": [{\"id\": 1}]}", "keys[0] has no \"key\"")]
    [InlineData("{\"keys\": [{\"key\": \"" + Key + "\"}]}", "keys[0] has no \"id\"")]
    [InlineData("{\"keys\": [{\"id\": -1, \"key\": \"" + Key + "\"}]}", "keys[0].id is no whole number")]
    [InlineData("{\"keys\": [{\"id\": 4294967296, \"key\": \"" + Key + "\"}]}", "keys[0].id is no whole number")]
    [InlineData("{\"keys\": [{\"id\": \"SECRET\", \"key\": \"" + Key + "\"}]}", "keys[0].id is no whole number")]
    [InlineData("{\"keys\": [{\"id\": 1, \"key\": \"" + Key + "\", \"more\": 1}]}", "not of the form")]
    [InlineData("{\"keys\": [{\"id\": 1, \"key\": \"" + Key + "\"}, {\"id\": 1, \"key\": \"" + Key + "\"}]}", "keys[1].id is 1, which an entry before it has")]
    [InlineData("{\"keys\": [{\"id\": 1, \"key\": \"SECRET!SECRET!\"}]}", "keys[0].key is not base64 of exactly 32 bytes")]
    [InlineData("{\"keys\": [{\"id\": 1, \"key\": \"U0VDUkVU\"}]}", "keys[0].key is not base64 of exactly 32 bytes")]
    [InlineData("{\"keys\": [{\"id\": 1, \"key\": \"" + Key + Key + "\"}]}", "keys[0].key is not base64 of exactly 32 bytes")]
    [InlineData("{\"keys\": [{\"id\": 1, \"key\": \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}", "keys[0].key is not base64 of exactly 32 bytes")]
    [InlineData("{\"keys\": [{\"id\": 1, \"key\": 5}]}", "keys[0].key is not base64 of exactly 32 bytes")]
    [InlineData("{\"keys\": [{\"id\": 1, \"key\": null}]}", "keys[0].key is not base64 of exactly 32 bytes")]
    public void A_wrong_text_is_refused_with_its_fault_and_never_its_content(string text, string expected)
    {
        var fault = Assert.Throws<InvalidDataException>(() => Parse(text));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("U0VDUkVU", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_64_keys_are_refused()
    {
        string Text(int count) => SealingUnderTest.Text([.. Enumerable.Range(1, count).Select(id => ((uint)id, SealingUnderTest.Key))]);
        Assert.Equal(64, Parse(Text(64)).Length);
        Assert.Contains(65.ToString(CultureInfo.InvariantCulture), Assert.Throws<InvalidDataException>(() => Parse(Text(65))).Message, StringComparison.Ordinal);
    }

    private static SealingKey[] Parse(string text) => SealingKeyText.Parse(Encoding.UTF8.GetBytes(text));
}
