namespace Newcomers;

[TestClass]
public class DialogTests
{
    [TestMethod, MustBeCollected]
    public void A_closed_dialog_is_collected()
    {
        var dialog = LifetimeScope.Track(new Dialog());
        dialog.Open();
        dialog.Close();
    }

    [TestMethod, MustBeCollected]
    public void A_forgotten_dialog_is_collected()
    {
        var dialog = LifetimeScope.Track(new Dialog());
        dialog.Open();
    }

    [TestMethod]
    public void A_new_dialog_is_collected() => Assert.That.IsCollected(() => new Dialog());
}
