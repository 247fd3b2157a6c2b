namespace Newcomers;

public class DialogTests
{
    [Fact, MustBeCollected]
    public void A_closed_dialog_is_collected()
    {
        var dialog = LifetimeScope.Track(new Dialog());
        dialog.Open();
        dialog.Close();
    }

    [Fact, MustBeCollected]
    public void A_forgotten_dialog_is_collected()
    {
        var dialog = LifetimeScope.Track(new Dialog());
        dialog.Open();
    }

    [Fact]
    public void A_new_dialog_is_collected() => LifeTimeMonitor.Track(() => new Dialog()).AssertDead();
}
