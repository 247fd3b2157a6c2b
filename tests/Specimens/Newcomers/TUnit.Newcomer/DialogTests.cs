namespace Newcomers;

public class DialogTests
{
    [Test, MustBeCollected]
    public void A_closed_dialog_is_collected()
    {
        var dialog = LifetimeScope.Track(new Dialog());
        dialog.Open();
        dialog.Close();
    }

    [Test, MustBeCollected]
    public void A_forgotten_dialog_is_collected()
    {
        var dialog = LifetimeScope.Track(new Dialog());
        dialog.Open();
    }

    [Test]
    public async Task A_new_dialog_is_collected() => await Assert.That(LifeTimeMonitor.Track(() => new Dialog())).IsCollected();
}
