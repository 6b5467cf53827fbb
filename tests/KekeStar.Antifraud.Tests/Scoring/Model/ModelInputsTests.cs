using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Scoring.Model;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scoring.Model;

public sealed class ModelInputsTests
{
    [Fact]
    public void Every_name_is_found_under_its_number_and_back()
    {
        var names = ModelInputs.Names.ToArray();

        Assert.Equal(names, names.Select(static name => ModelInputs.NameOf(ModelInputs.Find(name)!.Value)), StringComparer.Ordinal);
        Assert.Contains("scene.new_device_login", names, StringComparer.Ordinal);
        Assert.DoesNotContain("device.known", names, StringComparer.Ordinal);
        Assert.Null(ModelInputs.Find("scene.nowhere"));
    }

    [Fact]
    public void What_a_refusal_can_change_may_only_raise_and_what_is_free_is_always_known()
    {
        foreach (var feature in FeatureCatalogue.All)
        {
            var isRefusable = feature.Consent != ConsentCategory.Essential || feature.FallsWithAbsence;
            switch (ModelInputs.Of(feature.Index))
            {
                case InputDirection.Lowers:
                    Assert.False(isRefusable, feature.Name);
                    break;
                case InputDirection.Free:
                    Assert.True(feature.AlwaysKnown && !isRefusable, feature.Name);
                    break;
                default:
                    break;
            }
        }
    }

    [Fact]
    public void Counts_of_accounts_and_devices_raise()
    {
        foreach (var feature in FeatureCatalogue.All.ToArray().Where(static feature => feature.Unit is "accounts" or "devices"))
        {
            Assert.Equal(InputDirection.Raises, ModelInputs.Of(feature.Index));
        }
    }

    [Fact]
    public void Inputs_are_read_as_the_harmless_end_where_they_are_unknown()
    {
        var unknown = new FeatureVector(FeatureCatalogue.Count).Values;

        Assert.Equal(0, ModelInputs.Read(ModelInputs.Find("device.accounts_1h")!.Value, Scene.Login, unknown));
        Assert.Equal(7, ModelInputs.Read(ModelInputs.Find("account.age_days")!.Value, Scene.Login, unknown));
        Assert.Equal(1, ModelInputs.Read(ModelInputs.Find("scene.login")!.Value, Scene.Login, unknown));
        Assert.Equal(0, ModelInputs.Read(ModelInputs.Find("scene.register")!.Value, Scene.Login, unknown));
    }
}
