using CsCheck;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Tests.Windows;

public sealed class AccountContextTests
{
    [Fact]
    public void What_is_packed_is_read_again() =>
        Gen.Select(Gen.ULong, Gen.UShort[0, 676], Gen.Bool, Gen.Int[0, 4], Gen.UInt).Sample((network, country, isHosting, access, entitySet) =>
        {
            var packed = AccountContext.Pack(network, new AddressFacts(1, new CountryCode(country), isHosting), (AccessType)access, entitySet);

            Assert.Equal(network == 0, AccountContext.Network(packed) == 0);
            Assert.Equal(network == 0 ? 0 : Math.Max(1, network >> 43), AccountContext.Network(packed));
            Assert.Equal(isHosting ? 0 : country, AccountContext.Country(packed).Value);
            Assert.Equal(
                !isHosting && country != 0 && (AccessType)access is (AccessType.Wifi or AccessType.Ethernet),
                AccountContext.IsPlace(packed));
            Assert.Equal(entitySet, AccountContext.EntitySet(packed));
            Assert.Equal(packed, AccountContext.WithEntitySet(AccountContext.WithEntitySet(packed, ~entitySet), entitySet));
        });

    [Theory]
    [InlineData(1UL)]
    [InlineData(ulong.MaxValue)]
    public void A_network_is_never_taken_for_none(ulong network) =>
        Assert.NotEqual(0u, AccountContext.Network(AccountContext.Pack(network, default, AccessType.Unspecified, 0)));
}
